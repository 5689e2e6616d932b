import type { Template } from '../template.ts';

export const oneVideo: Template = {
  title: 'One video',
  summary: 'path contains its id, 2 h',
  makes: 'token',
  variables: [
    {
      name: 'video',
      label: 'Video',
      type: 'id',
      example: '7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517',
      hint: 'The id in the stream’s own address. A live stream’s may differ from its id in the OVP.',
    },
    { name: 'length', label: 'Valid for', type: 'duration', unit: 'h', otherwise: '2h' },
  ],
  draft: {
    claims: {
      exp: '+{{length}}',
      iat: 'now',
      cti: { hex: '{{random}}' },
      catv: 1,
      catu: { path: { contains: '{{video}}' } },
    },
    kept: [],
    envelope: {},
  },
};
