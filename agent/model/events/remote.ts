/** Somebody who asks from afar, in the words of the notifier that knows him. */
export interface Remote {
  channel: 'telegram';
  /** His id there. */
  user: string;
  /** What he calls himself: anything. At most 100 characters. */
  name: string;
}
