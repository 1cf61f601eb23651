import { describeRule } from '../../../test/support/describe-rule.ts';

describeRule('update-without-where', {
  warning: ["update big set note = ''", 'update small set id = 1'],
  clean: [
    "update big set note = '' where note is null",
    'update big set id = s.id from small s',
    'update empty set id = 1',
  ],
});
