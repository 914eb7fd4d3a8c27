import { testWay } from '../test-way.ts';
import { writtenWays } from './ways.ts';

for (const way of writtenWays) testWay(way);
