/** What others chose: a session, a tmux server, a person. It may be anything, also like words of ours. */
export interface Name {
  name: string;
}

/** One line in its parts. A text is of our own. */
export type Headline = readonly (string | Name)[];

/** A headline with others in it. What is put into it has to say that it is a name: a bare text does not type-check. */
export const headlineOf = (
  texts: TemplateStringsArray,
  ...between: readonly (Name | Headline)[]
): Headline =>
  texts.flatMap((text, i) => [text, ...[between[i] ?? []].flat()]).filter((part) => part !== '');

/** `web died: killed by SIGKILL` */
export const headlineText = (headline: Headline): string =>
  headline.map((part) => (typeof part === 'string' ? part : part.name)).join('');
