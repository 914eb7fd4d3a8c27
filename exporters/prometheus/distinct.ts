/**
 * The items with different keys, in order; of equals the first stays. A series given twice makes
 * Prometheus drop samples and node_exporter refuse the whole file.
 */
export const distinct = <T>(items: readonly T[], keyOf: (item: T) => string): T[] => {
  const byKey = new Map<string, T>();
  for (const item of items) {
    const key = keyOf(item);
    if (!byKey.has(key)) byKey.set(key, item);
  }
  return [...byKey.values()];
};
