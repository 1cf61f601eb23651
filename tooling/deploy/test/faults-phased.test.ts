import { describeFaults } from './support/faults/describe-faults.ts';

await describeFaults('phased');
