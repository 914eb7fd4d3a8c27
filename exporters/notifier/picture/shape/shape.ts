/** The place a shape fills: pixels, whole numbers. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
  /** How thick a thin line is. */
  line: number;
}

/** Path data (SVG 1.1, 8.3), painted in this order. */
export interface Layer {
  path: string;
  /** `paper`: cut out again. `stroke`: a line of that thickness along the path instead of its inside. */
  paint: 'ink' | 'paper' | { stroke: number };
  /** Of the ink; 1 when absent. */
  opacity?: number;
}

export const rectangle = (x: number, y: number, width: number, height: number): string =>
  `M${x} ${y}h${width}v${height}h${-width}z`;

export const ink = (path: string): Layer[] => [{ path, paint: 'ink' }];
