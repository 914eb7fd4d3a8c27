/** The outermost ancestor below the first process: what everything above it has in common says nothing. */
export const outermost = <Ancestor extends { pid: number }>({
  ancestry,
}: {
  ancestry: readonly Ancestor[];
}): Ancestor | undefined => ancestry.findLast(({ pid }) => pid > 1);
