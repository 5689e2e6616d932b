/** A curl command with a real token in it, to look around with: two of its claims refuse the request it comes with. */
export const SAMPLE =
  "curl -i 'https://cdn.example.com/hls-hq/7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517/1080p/seg_0017.ts' " +
  "-H 'CTA-Common-Access-Token: 0YRDoQEFoQRYKjRiZTFhN2MwLTkyZDQtNGYzZS04YTU1LTBjNmQxZTdmOTJhYi0zZmE4MViouQALAW1ub3JkbHlz" +
  'LW1lZGlhBBprBWEQBRprBUTwBhprBUTAB1BDOM4B2RmKsXEENaXsABMyGQE0ARkBNgEZATeB2DSCGBhDywBxGQE4ogGhAG9jZG4uZXhhbXBsZS5jb20D' +
  'oQF4Ki9obHMvN2M5ZTJiNDEtNWYwZC00YTgzLTliMWUtMmY2YzhkMDNhNTE3LxkBOYJjR0VUZEhFQUQZATyCYlNFYk5PWCAcrZSZKndIVx6OhuzT8ERr' +
  "zGHUWjOH/R1ptbWZRAwefg=='";
