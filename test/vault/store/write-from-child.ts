// Writes a file that never ends, or one of the size given, in a process of its own that a test may kill or confine.
// Arguments: `folder` and the data folder, or `s3` and the settings as JSON; the id; bytes to write, or `endless`.
import { Readable } from 'node:stream';
import type { S3Settings } from '../../../src/vault/store/s3-requests';
import { storeOf } from '../../../src/vault/store/store-of';

const [kind, where, id, size] = process.argv.slice(2) as [string, string, string, string];
const nowhere: S3Settings = {
  endpoint: '',
  region: '',
  bucket: '',
  accessKeyId: '',
  secretAccessKey: '',
  prefix: '',
};

function* content(): Generator<Buffer> {
  for (let left = size === 'endless' ? Infinity : Number(size); left > 0; left -= 65_536)
    yield Buffer.alloc(Math.min(left, 65_536), 'x');
}

const store = storeOf({
  dataDir: kind === 'folder' ? where : '',
  s3: kind === 's3' ? (JSON.parse(where) as S3Settings) : nowhere,
});
store.write(id, Readable.from(content())).then(
  () => process.exit(0),
  (error: Error) => {
    process.stdout.write(`${error.name}: ${error.message}`);
    process.exit(1);
  },
);
