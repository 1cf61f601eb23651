/** Where root keeps what an unprivileged cluster owner cannot reach inside the checkout. */
export const sharedRoot = '/var/lib/apms';
