/** One file of the package. */
export interface PackageFile {
  /** Absolute, where it is installed. */
  path: string;
  mode: number;
  content: /** Copied. */
    | { from: string }
    | { text: string }
    /** An ELF file whose symbols go. */
    | { stripped: string }
    /** Text that is packed with gzip. */
    | { packed: string };
}

export const plainMode = 0o644;
export const programMode = 0o755;

/** Where our programs are, and what they load. */
export const library = '/usr/lib/holdfast';
