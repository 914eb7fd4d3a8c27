/** What every fact has. Texts are redacted, printable and cut; names of processes are chosen by the processes. */
export interface FactBase {
  /** ms since the epoch. */
  at: number;
  /** Which source found it: a stable name, which stands in the evidence. */
  source: string;
  /** One line for people. */
  text: string;
}
