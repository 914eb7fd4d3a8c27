/** One line of the kernel's own log. */
export interface KernelLine {
  /** ms since the epoch. */
  at: number;
  text: string;
}
