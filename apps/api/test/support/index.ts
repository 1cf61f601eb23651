export { DEMO_PASSWORD } from '../../src/demo/demo-people.ts';
export { fillDemo } from '../../src/demo/fill-demo.ts';
export { smallRows } from './config-versions.ts';
export { activateConfiguration } from './configuration.ts';
export { failureOf } from './failure-of.ts';
export { insertPerson } from './insert-person.ts';
export { PASSWORD, setPassword } from './sign-in.ts';
export { startApi, type TestApi, type TestClient, type TestPerson, type TestWorkspace } from './start-api.ts';
export { type ApiProcess, startProcess } from './start-process.ts';
