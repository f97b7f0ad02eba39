// Reads AsyncAPI documents with the parser of the AsyncAPI Initiative: a line for each finding, then one for the document.
// Arguments: the folder whose node_modules has the parser, and files.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [folder, ...files] = process.argv.slice(2);
const { Parser } = createRequire(folder + '/')('@asyncapi/parser');
for (const file of files) {
  const { document, diagnostics } = await new Parser().parse(readFileSync(file, 'utf8'));
  diagnostics.forEach(one => console.log(one.code, one.path.join('.'), one.message));
  console.log(document
    ? `parsed ${document.allChannels().length} channels, ${document.allOperations().length} operations, ${document.allMessages().length} messages`
    : 'refused');
}
