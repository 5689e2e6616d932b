import type { Template } from '../template.ts';

export const eventWindow: Template = {
  title: 'Event window',
  summary: 'from and until a schedule',
  makes: 'token',
  variables: [
    { name: 'video', label: 'Stream', type: 'id', hint: 'The id in the stream’s own address.' },
    { name: 'from', label: 'From', type: 'moment', example: '2026-11-24 19:45', hint: 'Allow for early arrivals.' },
    { name: 'until', label: 'Until', type: 'moment', example: '2026-11-24 23:00' },
  ],
  draft: {
    claims: {
      nbf: '{{from}}',
      exp: '{{until}}',
      iat: 'now',
      cti: { hex: '{{random}}' },
      catv: 1,
      catu: { path: { contains: '{{video}}' } },
    },
    kept: [],
    envelope: {},
  },
};
