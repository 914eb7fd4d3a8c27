import { testWay } from '../test-way.ts';
import { composed } from './composed.ts';
import { ways } from './ways.ts';

for (const way of [...ways, ...composed]) testWay(way);
