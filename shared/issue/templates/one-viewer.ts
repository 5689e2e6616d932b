import type { Template } from '../template.ts';

export const oneViewer: Template = {
  title: 'One viewer',
  summary: 'one network, 4 h',
  makes: 'token',
  variables: [
    { name: 'video', label: 'Video', type: 'id', hint: 'The id in the stream’s own address.' },
    {
      name: 'network',
      label: 'Network',
      type: 'network',
      example: '203.0.113.0/24',
      hint: 'A full address identifies a person to everybody who holds the token: use /24 or wider, /56 for IPv6.',
    },
    { name: 'length', label: 'Valid for', type: 'duration', unit: 'h', otherwise: '4h' },
  ],
  draft: {
    claims: {
      exp: '+{{length}}',
      iat: 'now',
      cti: { hex: '{{random}}' },
      catv: 1,
      catu: { path: { contains: '{{video}}' } },
      catnip: ['{{network}}'],
    },
    kept: [],
    envelope: {},
  },
};
