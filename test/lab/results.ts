/** So many checks of a run may fail once and pass when tried again; a fourth is no chance. */
export const mostSecondTries = 3;

/** What a run of the lab has come to. */
export const createResults = () => {
  const measured: [what: string, value: string][] = [];
  const failures: string[] = [];
  const reasons = new Set<string>();
  const again = new Set<string>();
  let passed = 0;
  let skipped = 0;
  let leftOut = 0;

  return {
    pass(): void {
      passed += 1;
    },
    fail(what: string): void {
      failures.push(what);
    },
    /** Whether a check that failed may be tried again: each once, and few in all. */
    tryAgain(what: string): boolean {
      if (again.has(what) || again.size >= mostSecondTries) return false;
      again.add(what);
      return true;
    },
    secondTries: (): number => again.size,
    skip(reason: string, count = 1): void {
      skipped += count;
      reasons.add(reason);
    },
    /** Skipped because whoever ran it asked for that. */
    leaveOut(reason: string, count: number): void {
      leftOut += count;
      reasons.add(reason);
    },
    measure(what: string, value: string): void {
      measured.push([what, value]);
    },
    /** What was measured, as aligned columns. */
    table(): string[] {
      const width = Math.max(0, ...measured.map(([what]) => what.length));
      return measured.map(([what, value]) => `${what.padEnd(width)}   ${value}`);
    },
    /** What needed a second try, the failures, and the two lines that end every run. */
    summary(): string[] {
      return [
        ...[...again]
          .filter((what) => !failures.includes(what))
          .map((what) => `failed once, and passed when tried again: ${what}`),
        ...failures.map((failure) => `FAILED  ${failure}`),
        `skipped: ${skipped + leftOut} (${[...reasons].join('; ') || 'none'})`,
        `${passed} passed, ${failures.length} failed`,
      ];
    },
    /** What could not be tried has not been shown to work. */
    succeeded: (): boolean => failures.length === 0 && skipped === 0 && passed > 0,
  };
};

export type Results = ReturnType<typeof createResults>;
