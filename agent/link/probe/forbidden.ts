import { RequestFailure } from '../../model/failure.ts';
import { errorName } from './outcome.ts';

/** The link itself may not: a sandbox without a network (`RestrictAddressFamilies=`, `IPAddressDeny=`), a filter of packets. */
const codes: ReadonlySet<string> = new Set(['EAFNOSUPPORT', 'EPERM', 'EACCES']);

/** That says nothing about what was asked, and is no finding; null: it does. */
export const forbidden = (cause: unknown): RequestFailure | null =>
  codes.has(errorName(cause))
    ? new RequestFailure('probe-forbidden', `the link may not connect: ${errorName(cause)}`)
    : null;
