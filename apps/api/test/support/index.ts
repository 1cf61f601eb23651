export { failureOf } from './failure-of.ts';
export { PASSWORD } from './sign-in.ts';
export { startApi, type TestApi, type TestClient, type TestPerson, type TestWorkspace } from './start-api.ts';
