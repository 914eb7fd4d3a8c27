import type { Login } from './login.ts';

const directory = '/var/tmp/lab-full-disk';

/** Takes every block, those kept back for root included, without writing any of it. */
const fill = `mkdir -p ${directory} && cd ${directory} && n=0
for size in 1G 64M 1M 64K 4K; do
  while fallocate -l $size $n 2>/dev/null; do n=$((n + 1)); done
done`;

export const fillDisk = (root: Login): Promise<string> => root.must(fill);

export const freeDisk = (root: Login): Promise<string> => root.must(`rm -rf ${directory} && sync`);
