import { ColumnTypeEnum, type SqlDriverAdapter } from '@prisma/driver-adapter-utils';

const refuse = (): Promise<never> => Promise.reject(new Error('This command needs a database.'));

/** Stands in for a database where none is needed: it answers the version that the engine asks for first. */
export const offlineSession: SqlDriverAdapter = {
  provider: 'postgres',
  adapterName: 'offline',
  queryRaw: ({ sql }) => {
    if (!sql.includes('server_version_num')) return refuse();
    return Promise.resolve({
      columnNames: ['exists', 'version', 'numeric_version'],
      columnTypes: [ColumnTypeEnum.Boolean, ColumnTypeEnum.Text, ColumnTypeEnum.Int32],
      rows: [[true, 'PostgreSQL 14.0', 140000]],
    });
  },
  executeRaw: refuse,
  executeScript: refuse,
  startTransaction: refuse,
  getConnectionInfo: () => ({ supportsRelationJoins: true }),
  dispose: () => Promise.resolve(),
};
