/** A small table to look around with: most rows are right, two are wrong and one is not filled in. */
export const SAMPLE = {
  fileName: 'sample-viewers.csv',
  rows: `viewer_id,video,ip,country,hours
v-1041,7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517,198.51.100.0/24,SE,2
v-1042,7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517,198.51.100.0/24,SE,2
v-1043,0d4f8a16-77b2-4c39-8e0a-51d2c6f9b310,203.0.113.0/24,DK,4
v-1044,7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517,2001:db8:40::/56,NO,2
v-1045,7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517,10.0.0.300,SE,2
v-1046,0d4f8a16-77b2-4c39-8e0a-51d2c6f9b310,203.0.113.0/24,FI,4
v-1047,7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517,198.51.100.0/24,SE,
v-1048,7c9e2b41 5f0d,198.51.100.0/24,NO,2
`,
} as const;
