import { createRandom } from './random.ts';

/** Memory of a program every `everySeconds`, bytes, and the limit that it reaches. */
export interface Leak {
  kind: string;
  limit: number;
  everySeconds: number;
  values: number[];
}

const megabyte = 1024 * 1024;
const everySeconds = 5;

/** How much of the way to the limit is gone, at a share of the time. */
const shapes: Readonly<
  Record<string, (share: number, random: () => number, state: Shape) => number>
> = {
  linear: (share) => share,
  stepped: (share, _, { steps }) => Math.floor(share * steps) / steps,
  sawtooth: (share, _, { teeth, tooth }) => share * (1 - tooth) + tooth * ((share * teeth) % 1),
  noisy: (share, random, { noise }) => share + noise * (random() + random() + random() - 1.5),
  'slow-then-fast': (share, _, { bend }) =>
    share < bend ? share * 0.3 : bend * 0.3 + ((share - bend) / (1 - bend)) * (1 - bend * 0.3),
};

interface Shape {
  steps: number;
  teeth: number;
  tooth: number;
  noise: number;
  bend: number;
}

export const leakKinds = Object.keys(shapes);

/** How long it takes to the limit. */
export interface Minutes {
  least: number;
  most: number;
}

/** The same seed gives the same leak. It begins at a tenth to a half of its limit. */
export const leakOf = (kind: string, seed: number, { least, most }: Minutes): Leak => {
  const random = createRandom(seed);
  const limit = (64 + random() * 4000) * megabyte;
  const start = limit * (0.1 + random() * 0.4);
  const seconds = least * 60 * (most / least) ** random();
  const shape: Shape = {
    steps: 8 + Math.floor(random() * 40),
    teeth: 10 + Math.floor(random() * 200),
    tooth: 0.05 + random() * 0.15,
    noise: 0.01 + random() * 0.06,
    bend: 0.4 + random() * 0.3,
  };
  const grown = shapes[kind] ?? (() => 0);
  const values: number[] = [];
  for (let i = 0; i * everySeconds < seconds * 1.5; i += 1) {
    const share = (i * everySeconds) / seconds;
    const value = start + (limit - start) * grown(share, random, shape);
    values.push(Math.max(0, value + limit * 0.002 * (random() - 0.5)));
    if (value >= limit) break;
  }
  return { kind, limit, everySeconds, values };
};
