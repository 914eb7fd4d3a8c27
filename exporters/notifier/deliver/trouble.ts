import type { PumpPorts } from './pump-ports.ts';

/** What keeps a channel from being told: said once for each kind, and when it is over. */
export interface Trouble {
  say(code: string, message: string): void;
  over(): void;
}

export const createTrouble = (
  channel: string,
  { onTrouble, onTroubleOver }: Pick<PumpPorts, 'onTrouble' | 'onTroubleOver'>,
): Trouble => {
  let said = '';
  return {
    say(code, message) {
      if (code !== said) onTrouble(channel, code, message);
      said = code;
    },
    over() {
      if (said !== '') onTroubleOver(channel);
      said = '';
    },
  };
};
