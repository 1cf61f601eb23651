import { describeRule } from '../../../test/support/describe-rule.ts';

describeRule('rename-enum-value', {
  error: ["alter type mood rename value 'sad' to 'blue'", "alter type s.mood rename value 'a' to 'b'"],
  clean: [
    "alter type mood add value 'blue' after 'sad'",
    "create type mood as enum ('sad'); alter type mood rename value 'sad' to 'blue'",
    'alter type mood rename to feeling',
  ],
});
