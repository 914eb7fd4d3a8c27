/** Something that keeps a channel from being told: said once for each kind, until it is over. */
export interface Trouble {
  say(code: string, message: string): void;
  over(): void;
}

export interface TroublePorts {
  onTrouble(channel: string, code: string, message: string): void;
  onTroubleOver(channel: string): void;
}

export const createTrouble = (
  channel: string,
  { onTrouble, onTroubleOver }: TroublePorts,
): Trouble => {
  const said = new Set<string>();
  return {
    say(code, message) {
      if (said.has(code)) return;
      said.add(code);
      onTrouble(channel, code, message);
    },
    over() {
      if (said.size === 0) return;
      said.clear();
      onTroubleOver(channel);
    },
  };
};
