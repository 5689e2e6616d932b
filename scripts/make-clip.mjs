// Makes the bundled clip of the preview anew: a test pattern of our own, with sound, as HLS in two renditions.
//   node scripts/make-clip.mjs            needs ffmpeg with libx264, which is not part of the set-up
// What it writes (assets/clip) is kept in the repository, so nobody has to run this to build or to test.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import fs from 'node:fs';
import path from 'node:path';

const folder = path.resolve(import.meta.dirname, '../assets/clip');
const SECONDS = 30;
const RATE = 25;
/** a segment, and with it the time until a swapped or expired token shows */
const SEGMENT = 2;
const WIDTH = 1280;
const HEIGHT = 720;
const RENDITIONS = [
  { name: '360p', width: 640, height: 360, crf: 28, codecs: 'avc1.4d401e,mp4a.40.2', level: '3.0' },
  { name: '720p', width: 1280, height: 720, crf: 27, codecs: 'avc1.4d401f,mp4a.40.2', level: '3.1' },
];

const INK = [222, 227, 236];
const GROUND = [26, 31, 40];
const DISC = [34, 41, 53];
const LINE = [47, 55, 69];
const BLUE = [63, 99, 200];
const BARS = [
  [148, 153, 160],
  [160, 150, 88],
  [88, 148, 152],
  [92, 142, 100],
  [142, 96, 138],
  [156, 96, 92],
  [92, 102, 156],
];
const CENTRE = { x: 640, y: 316 };
const RADIUS = 262;
/** the mark of the title bar, in its own 18 units: a cat's head that is also a gate */
/** @type {[number, number, number, number][]} */
const MARK = [
  [2.75, 15.25, 2.75, 3.1],
  [2.9, 2.7, 6.6, 5],
  [6.6, 5, 11.4, 5],
  [11.4, 5, 15.1, 2.7],
  [15.25, 3.1, 15.25, 15.25],
  [5.75, 15.25, 5.75, 11.15],
  [9, 15.25, 9, 11.15],
  [12.25, 15.25, 12.25, 11.15],
];
const MARK_SCALE = 14;
const STRIP = { left: 160, right: 1120, top: 626, bottom: 664 };

fs.rmSync(folder, { recursive: true, force: true });
for (const { name } of RENDITIONS) fs.mkdirSync(path.join(folder, name), { recursive: true });
await encode();
fs.writeFileSync(path.join(folder, 'playlist.m3u8'), describeRenditions());

async function encode() {
  const ffmpeg = spawn('ffmpeg', makeArguments(), { cwd: folder, stdio: ['pipe', 'inherit', 'inherit'] });
  const ended = once(ffmpeg, 'exit');
  const draw = createPainter();
  for (let frame = 0; frame < SECONDS * RATE; frame += 1) {
    if (!ffmpeg.stdin.write(draw(frame / RATE))) await once(ffmpeg.stdin, 'drain');
  }
  ffmpeg.stdin.end();
  const [code] = await ended;
  if (code !== 0) throw new Error(`ffmpeg ended with ${code}`);
}

function makeArguments() {
  const split = RENDITIONS.map(({ name }) => `[raw${name}]`).join('');
  const filters = RENDITIONS.map(
    ({ name, width, height }) =>
      `[raw${name}]${write('Catwalk', 'Sans\\:bold', 36, 'x=64:y=30')},` +
      `${write(name, 'Mono', 34, 'x=w-tw-64:y=31')},` +
      `${write('%{pts\\:hms}', 'Mono', 44, 'x=(w-tw)/2:y=450')},` +
      `scale=${width}:${height}:flags=area[${name}]`,
  );
  const outputs = RENDITIONS.flatMap(({ name, crf, level }) => [
    ...['-map', `[${name}]`, '-map', '1:a'],
    ...['-c:v', 'libx264', '-profile:v', 'main', '-level', level, '-preset', 'veryslow', '-crf', String(crf)],
    ...['-tune', 'animation', '-pix_fmt', 'yuv420p'],
    ...['-g', String(SEGMENT * RATE), '-keyint_min', String(SEGMENT * RATE), '-sc_threshold', '0'],
    ...['-c:a', 'aac', '-b:a', '40k', '-ac', '1', '-ar', '44100', '-t', String(SECONDS), '-flags', '+bitexact'],
    ...['-f', 'hls', '-hls_time', String(SEGMENT), '-hls_playlist_type', 'vod', '-hls_segment_type', 'fmp4'],
    ...['-start_number', '1', '-hls_fmp4_init_filename', 'init.mp4'],
    ...['-hls_segment_filename', `${name}/seg_%04d.m4s`, `${name}/index.m3u8`],
  ]);
  return [
    ...['-hide_banner', '-loglevel', 'warning', '-y'],
    ...['-f', 'rawvideo', '-pix_fmt', 'rgb24', '-s', `${WIDTH}x${HEIGHT}`, '-r', String(RATE), '-i', 'pipe:0'],
    ...['-f', 'lavfi', '-i', `aevalsrc='${makeSound()}':s=44100:d=${SECONDS}`],
    ...['-filter_complex', `[0:v]split=${RENDITIONS.length}${split};${filters.join(';')}`],
    ...outputs,
  ];
}

function write(words, font, size, place) {
  return `drawtext=font='${font}':text='${words}':fontsize=${size}:fontcolor=0x${hex(INK)}:${place}`;
}

/** A low fifth that breathes, and a bell on every second: the higher one where a turn of the hand begins. */
function makeSound() {
  const pad = '0.05*(sin(2*PI*110*t)+0.7*sin(2*PI*165*t))*(0.7+0.3*sin(2*PI*t/8))';
  const bell = '0.16*exp(-7*mod(t,1))*sin(2*PI*(440+220*lt(mod(t,4),1))*mod(t,1))';
  return `${pad}+${bell}`;
}

/** Bandwidths as they are: the largest segment counts. */
function describeRenditions() {
  const lines = ['#EXTM3U', '#EXT-X-VERSION:7', '#EXT-X-INDEPENDENT-SEGMENTS'];
  for (const { name, width, height, codecs } of RENDITIONS) {
    const files = fs.readdirSync(path.join(folder, name)).filter((file) => file.endsWith('.m4s'));
    const sizes = files.map((file) => fs.statSync(path.join(folder, name, file)).size);
    const peak = Math.ceil((Math.max(...sizes) * 8) / SEGMENT);
    const average = Math.ceil((sizes.reduce((sum, size) => sum + size, 0) * 8) / SECONDS);
    lines.push(
      `#EXT-X-STREAM-INF:BANDWIDTH=${peak},AVERAGE-BANDWIDTH=${average},CODECS="${codecs}",RESOLUTION=${width}x${height},FRAME-RATE=${RATE}.000`,
      `${name}/index.m3u8`,
    );
  }
  return `${lines.join('\n')}\n`;
}

/** What stands still is painted once; a frame repaints the disc and the strip. */
function createPainter() {
  const still = Buffer.alloc(WIDTH * HEIGHT * 3);
  for (let y = 0; y < HEIGHT; y += 1) for (let x = 0; x < WIDTH; x += 1) put(still, x, y, ground(x, y));
  const frame = Buffer.from(still);
  const mark = new Map();
  return (time) => {
    for (let y = CENTRE.y - RADIUS - 2; y <= CENTRE.y + RADIUS + 2; y += 1) {
      for (let x = CENTRE.x - RADIUS - 2; x <= CENTRE.x + RADIUS + 2; x += 1) {
        const distance = Math.hypot(x - CENTRE.x, y - CENTRE.y);
        if (distance > RADIUS + 1) continue;
        put(frame, x, y, disc(x, y, distance, time, mark));
      }
    }
    for (let y = STRIP.top; y < STRIP.bottom; y += 1) {
      for (let x = STRIP.left; x < STRIP.right; x += 1) put(frame, x, y, strip(x, time));
    }
    return Buffer.from(frame);
  };
}

function ground(x, y) {
  return x % 80 < 2 || (y + 4) % 80 < 2 ? LINE : GROUND;
}

function disc(x, y, distance, time, mark) {
  const lap = (Math.atan2(x - CENTRE.x, CENTRE.y - y) / (2 * Math.PI) + 1) % 1;
  const behind = (1 - lap + ((time / 4) % 1)) % 1; // 0 at the hand, 1 just before it comes round again
  const ahead = (1 - behind) * 2 * Math.PI * distance; // pixels to the hand that comes: its edge is soft
  let colour = DISC;
  if (Math.abs(distance - 190) < 1 || Math.abs(distance - 110) < 1) colour = LINE;
  // the trail of the hand
  if (distance < RADIUS - 16) colour = mix(colour, BLUE, 0.5 * Math.max(0, 1 - behind * 2.4, 1 - ahead));
  // the ring: a lap of the clip, lit as far as it has come
  if (distance > RADIUS - 14) {
    colour = lap < time / SECONDS ? mix(BLUE, INK, 0.25) : LINE;
    colour = mix(ground(x, y), colour, Math.min(1, RADIUS - distance + 0.5));
  }
  return mix(colour, INK, markAt(x, y, mark));
}

/** How much of a pixel the mark covers, 0 to 1. */
function markAt(x, y, known) {
  const place = y * WIDTH + x;
  const before = known.get(place);
  if (before !== undefined) return before;
  const u = (x - CENTRE.x) / MARK_SCALE + 9;
  const v = (y - CENTRE.y + 40) / MARK_SCALE + 9;
  const nearest = Math.min(...MARK.map((line) => distanceTo(line, u, v)));
  const cover = Math.max(0, Math.min(1, (0.8 - nearest) * MARK_SCALE + 0.5));
  known.set(place, cover);
  return cover;
}

function distanceTo([x1, y1, x2, y2], x, y) {
  const along = ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / ((x2 - x1) ** 2 + (y2 - y1) ** 2);
  const share = Math.max(0, Math.min(1, along));
  return Math.hypot(x - x1 - share * (x2 - x1), y - y1 - share * (y2 - y1));
}

/** Colour bars, and somebody with a lamp who walks along them and back. */
function strip(x, time) {
  const width = STRIP.right - STRIP.left;
  const bar = BARS[Math.floor(((x - STRIP.left) / width) * BARS.length)];
  const walk = (time / 6) % 2;
  const lamp = STRIP.left + width * (walk < 1 ? walk : 2 - walk);
  return mix(bar, [255, 255, 255], 0.6 * Math.exp(-(((x - lamp) / 60) ** 2)));
}

function mix(from, to, share) {
  return share <= 0 ? from : [0, 1, 2].map((index) => from[index] + (to[index] - from[index]) * share);
}

function put(pixels, x, y, colour) {
  const place = (y * WIDTH + x) * 3;
  for (let index = 0; index < 3; index += 1) pixels[place + index] = colour[index];
}

function hex(colour) {
  return Buffer.from(colour).toString('hex');
}
