import type { LocalAsset, LocalWorkspace } from './platform.ts';

const BEHAVIORS = ['ADVANCED_TOKEN', 'BASIC_TOKEN', 'NO_TOKEN', 'FOLLOW_DEFAULT', undefined] as const;
const TITLES = [
  'Fjord ferry, episode',
  'Evening news, edition',
  'Cross-country relay, leg',
  'Harbour concert, part',
  'Cooking with kelp, lesson',
] as const;

/** Ids that look like the API's and stay the same from start to start. */
const uuid = (group: number, number: number): string =>
  `${(0x6f0a_1c00 + group * 0x0101_0101).toString(16)}-4b2e-4d7a-9c31-${number.toString(16).padStart(12, '0')}`;

function makeVideos(group: number, count: number): LocalAsset[] {
  return Array.from({ length: count }, (_, index) => {
    const behavior = BEHAVIORS[index % BEHAVIORS.length];
    const day = String((index % 28) + 1).padStart(2, '0');
    return {
      id: uuid(group, index + 1),
      name: `${TITLES[index % TITLES.length]} ${Math.floor(index / TITLES.length) + 1}`,
      createdAt: `2026-02-${day}T12:39:30+0000`,
      duration: 300 + index * 7,
      ...(behavior === undefined ? {} : { behavior }),
    };
  });
}

/** Two workspaces of one organization: an API key reads its own only. */
export function sampleWorkspaces(): readonly LocalWorkspace[] {
  const links = uuid(2, 900);
  return [
    {
      id: 'b7d5c4e2-1f30-4a68-9b0d-5e8a2c917f64',
      name: 'Nordlys',
      apiKey: 'local-ovp-api-key-nordlys-4f8c21',
      videos: makeVideos(0, 57),
      livestreams: [
        {
          id: uuid(1, 1),
          name: 'Parliament live',
          createdAt: '2026-01-12T08:00:00+0000',
          behavior: 'ADVANCED_TOKEN',
          // the id of the link is not the livestream's own, as was seen in the field
          streamUrl: `https://lw-amedia-cf.lwcdn.com/hls/${links}/playlist.m3u8`,
        },
        {
          id: uuid(1, 2),
          name: 'Harbour camera',
          createdAt: '2026-01-20T08:00:00+0000',
          behavior: 'FOLLOW_DEFAULT',
        },
      ],
    },
    {
      id: 'e19f6a08-7c4b-4f15-8d23-90b1c6d4a752',
      name: 'Polaris',
      apiKey: 'local-ovp-api-key-polaris-93b0de',
      videos: makeVideos(3, 4),
      livestreams: [],
    },
  ];
}
