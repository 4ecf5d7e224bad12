// A server with one order. Its 304 lacks the Cache-Control of its 200.
import { createServer } from 'node:http';

const entityTag = '"7"';

/** Whether If-None-Match names the entity-tag, by the weak comparison. */
function isNamed(condition = '') {
  return condition === '*' || condition.split(',').some((tag) => tag.trim().replace(/^W\//, '') === entityTag);
}

const server = createServer(({ method, url, headers }, response) => {
  if (url !== '/orders/1') response.writeHead(404).end();
  else if (isNamed(headers['if-none-match'])) response.writeHead(304, { ETag: entityTag }).end();
  else {
    response.writeHead(200, { ETag: entityTag, 'Cache-Control': 'no-cache', 'Content-Type': 'application/json' });
    response.end(method === 'HEAD' ? undefined : '{"total":1}');
  }
});
server.listen(Number(process.env.PORT ?? 8080), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}`);
});
