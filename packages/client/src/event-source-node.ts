/** Node has no `EventSource` of its own. */
export { EventSource } from 'eventsource';
