import type { Template } from '../template.ts';

export const oneRegion: Template = {
  title: 'One region',
  summary: 'DK, FI, IS, NO, SE, 24 h',
  makes: 'token',
  variables: [
    { name: 'video', label: 'Video', type: 'id', hint: 'The id in the stream’s own address.' },
    {
      name: 'countries',
      label: 'Countries',
      type: 'countries',
      otherwise: 'DK, FI, IS, NO, SE',
      hint: 'ISO 3166 codes. The OVP takes five at most.',
    },
    { name: 'length', label: 'Valid for', type: 'duration', unit: 'h', otherwise: '24h' },
  ],
  draft: {
    claims: {
      exp: '+{{length}}',
      iat: 'now',
      cti: { hex: '{{random}}' },
      catv: 1,
      catu: { path: { contains: '{{video}}' } },
      catgeoiso3166: '{{countries}}',
    },
    kept: [],
    envelope: {},
  },
};
