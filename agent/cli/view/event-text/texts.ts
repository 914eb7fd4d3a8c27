import type { Catalogue, EventType } from '../../../model/event.ts';

/** What the events of a family say, in a few words; not yet made printable. One that is missing does not compile. */
export type Texts<Family> = {
  readonly [T in keyof Family & EventType]: (data: Catalogue[T]) => string;
};
