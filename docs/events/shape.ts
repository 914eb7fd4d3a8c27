/** The shape of a value, as far as a declaration of the model tells it. */
export type Shape =
  /** A named type, or a type of the language: `string`, `number`, `boolean`, `null`. */
  | { kind: 'name'; name: string }
  | { kind: 'literal'; text: string }
  | { kind: 'object'; fields: Field[] }
  | { kind: 'list'; of: Shape }
  | { kind: 'tuple'; of: Shape[] }
  | { kind: 'union'; of: Choice[] }
  /** Everything each of them has. */
  | { kind: 'all'; of: Shape[] }
  /** Not described: a mapped type, a computed value. */
  | { kind: 'opaque' };

export interface Choice {
  shape: Shape;
  doc: string;
}

export interface Field {
  name: string;
  doc: string;
  optional: boolean;
  shape: Shape;
}

export interface Declaration {
  name: string;
  doc: string;
  shape: Shape;
  /** Where it stands, as `file:line`. */
  at: string;
}
