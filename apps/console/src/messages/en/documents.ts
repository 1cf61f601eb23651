export const documents = {
  look: 'Look at {name}',
  save: 'Save {name}',
  accepted: 'PDF, pictures (PNG, JPEG, WebP), xlsx, docx, csv, txt or zip.',
  upload: {
    done: 'Stored',
    waiting: 'Waits its turn',
    sending: 'Being sent',
    storing: 'Being stored',
    cancel: 'Cancel {name}',
    remove: 'Take {name} off the list',
    progress: 'Progress of {name}',
    retry: 'Send it again',
    leave: {
      title: 'Leave while files are sent?',
      text: '{count, plural, one {One file is} other {# files are}} still on the way: leaving the page cancels that.',
      confirm: 'Leave and cancel',
    },
    refused: {
      empty: 'This file is empty: choose another.',
      type: 'Files of this kind are not accepted. Accepted are PDF, pictures, xlsx, docx, csv, txt and zip.',
    },
  },
} as const;
