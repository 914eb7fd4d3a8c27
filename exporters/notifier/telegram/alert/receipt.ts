import type { Receipt } from '../../channel.ts';

/** The messages of one alert, in order: `17`, or `17,18` where one had no room for it. */
const form = /^\d{1,16}(,\d{1,16}){0,9}$/;

/** Message ids; none where it is no receipt of ours. */
export const readReceipt = (receipt: Receipt | null): number[] =>
  receipt !== null && form.test(receipt) ? receipt.split(',').map(Number) : [];

export const receiptOf = (messages: readonly number[]): Receipt => messages.join(',');
