/**
 * Puts into a map that stays bounded, in the last place: the longest untouched go first.
 * @returns what had to go for it
 */
export const putLast = <K, V>(map: Map<K, V>, key: K, value: V, most: number): V | undefined => {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map;
  if (map.size <= most || !oldest) return undefined;
  map.delete(oldest[0]);
  return oldest[1];
};
