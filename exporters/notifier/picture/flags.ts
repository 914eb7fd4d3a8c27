/**
 * For Node, and at its start: later they have no effect. Optimised code of the renderer saves no time in a process that
 * lives for a second, and takes memory. The renderer may have 96 MiB, in pages of 64 KiB, and our own heap, in MiB, what
 * the largest request takes.
 */
export const pictureFlags = [
  '--liftoff-only',
  '--wasm-max-mem-pages=1536',
  '--max-semi-space-size=1',
  '--max-old-space-size=64',
];
