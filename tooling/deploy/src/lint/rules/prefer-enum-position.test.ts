import { describeRule } from '../../../test/support/describe-rule.ts';

describeRule('prefer-enum-position', {
  notice: ["alter type mood add value 'blue'", "alter type mood add value if not exists 'blue'"],
  clean: [
    "alter type mood add value 'blue' after 'sad'",
    "alter type mood add value 'blue' before 'sad'",
    "create type mood as enum ('sad')",
  ],
});
