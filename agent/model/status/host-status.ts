import type { HostSample } from '../events/measures.ts';

export type HostStatus = Pick<
  HostSample,
  'at' | 'load' | 'memoryTotalBytes' | 'memoryAvailableBytes' | 'cpuBusy' | 'pressure'
>;
