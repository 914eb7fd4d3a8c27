import type { Event } from '../model/event.ts';

export interface Subject {
  session: string | null;
  life: string | null;
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** The session and life an event is about, from its data or its target; null where it is about neither. */
export const subjectOf = ({ data }: Event): Subject => {
  const about: object = 'target' in data ? data.target : data;
  return {
    session: 'session' in about ? text(about.session) : null,
    life: 'life' in about ? text(about.life) : null,
  };
};
