import { describeRule } from '../../../test/support/describe-rule.ts';

describeRule('rename-schema', {
  error: ['alter schema s rename to t'],
  clean: [
    'create schema s; alter schema s rename to t',
    'alter schema s owner to someone',
    'create schema t',
  ],
});
