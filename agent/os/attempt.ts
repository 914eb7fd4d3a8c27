/** What a look at the machine finds; null where it fails, whatever the reason. */
export const attempt = <T>(look: () => T): T | null => {
  try {
    return look();
  } catch {
    return null;
  }
};
