/** What a bot of messages meets sooner or later. */
export const kinds = [
  ...(['text', 'reply', 'media', 'location', 'contact', 'group', 'edited', 'deleted'] as const),
  ...(['reaction', 'unicode', 'huge', 'duplicate', 'out-of-order', 'old'] as const),
] as const;

export type Kind = (typeof kinds)[number];

/** One message of a person, before it takes the shape of a service. */
export interface Sample {
  kind: Kind;
  /** Unique in a trial, above 0. What is edited, deleted or reacted to is a message of before it. */
  number: number;
  /** The number of a person. */
  from: number;
  /** Seconds since the epoch. */
  at: number;
  text: string;
  /** How often the service delivers it. It is to be handled once. */
  deliveries: number;
}

/** Joined emoji, marks that combine, right to left, beyond the first plane, and what looks like markup. */
const unicode = '👩‍👩‍👧‍👦 e\u0301 \u202bשלום\u202c العربية 𝔘𝔫𝔦 漢字 <b>&amp;</b> *_`[';
/** The longest text of Telegram; WhatsApp takes more. */
const longestText = 4096;
const aYear = 365 * 86_400;

const texts: Partial<Record<Kind, string>> = {
  unicode,
  huge: 'long '
    .repeat(longestText)
    .slice(0, longestText - 1)
    .concat('.'),
  media: 'a picture',
  edited: 'what I meant',
  deleted: '',
  reaction: '👍',
  location: '',
  contact: '',
};

const momentOf = (kind: Kind, now: number, place: number): number => {
  if (kind === 'old') return now - aYear;
  // Earlier than those that were delivered before it.
  return kind === 'out-of-order' ? now - 60 : now + place;
};

/**
 * One of each kind, always the same for the same arguments.
 * @param first the number of the first
 * @param now seconds since the epoch
 */
export const samplesOf = (wanted: readonly Kind[], first: number, now: number): Sample[] =>
  wanted.map((kind, place) => ({
    kind,
    number: first + place,
    from: 1 + (place % 5),
    at: momentOf(kind, now, place),
    text: texts[kind] ?? `${kind} ${first + place}`,
    deliveries: kind === 'duplicate' ? 2 : 1,
  }));
