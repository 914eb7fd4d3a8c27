import type { CommandWords } from './command-words.ts';

/**
 * Options of systemctl(1) with which the same is asked of the same systemd. With any other it may be something else
 * (`--dry-run`, `--help`), or of another one (`--user`, `--host=`, `--machine=`, `--root=`), also where the option is
 * shortened or stands with others in one word.
 */
const sameFlag =
  /^(?:-[afilqr]+|--|--(?:all|firmware-setup|force|full|ignore-inhibitors|no-ask-password|no-block|no-legend|no-pager|no-wall|now|quiet|recursive|show-transaction|system|wait|with-dependencies))$/;

/** The same of options that have a value in the same word. */
const sameValue =
  /^--(?:boot-loader-entry|boot-loader-menu|check-inhibitors|job-mode|kill-value|kill-who|kill-whom|message|reboot-argument|signal)=|^-s./;

/** Those whose value is the next word. */
const withNext = new Set([
  '-s',
  '--signal',
  '--kill-who',
  '--kill-whom',
  '--job-mode',
  '--message',
]);

const isSame = (word: string): boolean =>
  !word.startsWith('-') || withNext.has(word) || sameFlag.test(word) || sameValue.test(word);

/** What is asked of the first systemd of this machine. */
export interface ManagerCommand {
  /** Empty: none. */
  verb: string;
  names: string[];
  /** `--now`: what is disabled or masked is stopped too. */
  now: boolean;
}

/** What a command asks as systemctl(1) and service(8) are used; null: nothing, or not surely of this systemd. */
export const managerCommand = ({ program, words }: CommandWords): ManagerCommand | null => {
  if ((program !== 'systemctl' && program !== 'service') || !words.every(isSame)) return null;
  const plain = words.filter(
    (word, index) => !word.startsWith('-') && !withNext.has(words[index - 1] ?? ''),
  );
  const [verb = '', ...names] = program === 'service' ? plain.toReversed() : plain;
  return { verb, names, now: words.includes('--now') };
};
