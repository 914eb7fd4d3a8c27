/** No shell reads anything into these. A hyphen in front would make it an option. */
const plainWord = /^[A-Za-z0-9_./@][\w./@:-]{0,99}$/;

/** A name of others as a word of a command that somebody may paste; null: it cannot be one as it stands. */
export const commandWord = (name: string): string | null => (plainWord.test(name) ? name : null);
