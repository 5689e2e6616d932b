import type { Template } from '../template.ts';

export const negativePack: Template = {
  title: 'Negative pack',
  summary: 'tokens that must fail',
  makes: 'negative-pack',
  variables: [
    { name: 'video', label: 'Video', type: 'id', hint: 'One that the edge under test serves.' },
    { name: 'length', label: 'Valid for', type: 'duration', unit: 'h', otherwise: '1h' },
  ],
  draft: {
    claims: {
      exp: '+{{length}}',
      nbf: 'now',
      iat: 'now',
      cti: { hex: '{{random}}' },
      catv: 1,
      catu: { path: { contains: '{{video}}' } },
    },
    kept: [],
    envelope: {},
  },
};
