import { describe, expect, test } from 'vitest';
import { exchangeInWords, shownExchange, shownUrl } from '../../src/observe/redaction.js';
import { exchangeOf } from './exchanges.js';

const secret = 'S3CRET';

test('of fields, only those that rules look at have their values shown', () => {
  const request = {
    Authorization: `Bearer ${secret}`,
    Cookie: secret,
    'X-Api-Key': secret,
    'X-Anything': secret,
    'If-None-Match': '"1"',
  };
  const response = { 'Set-Cookie': secret, 'X-Token': secret, 'Content-Location': `/a?key=${secret}`, ETag: '"1"' };
  const shown = shownExchange(
    exchangeOf({ request, response, url: `https://u:${secret}@example.com/a?token=${secret}` }),
  );
  expect(JSON.stringify(shown)).not.toContain(secret);
  expect(shown.request).toEqual({
    Authorization: '…',
    Cookie: '…',
    'X-Api-Key': '…',
    'X-Anything': '…',
    'If-None-Match': '"1"',
  });
  expect(shown.response).toMatchObject({ 'Set-Cookie': '…', ETag: '"1"' });
  expect(exchangeInWords(shown)).toBe('GET https://example.com/a?token=… with If-None-Match: "1" → 200');
});

describe('of a URL, what may be a secret is hidden:', () => {
  test.each([
    ['page=2&sort=name', 'page=2&sort=name'],
    ['api_key=1', 'api_key=…'],
    ['access_token=x&X-Amz-Signature=x', 'access_token=…&X-Amz-Signature=…'],
    ['q=0123456789abcdef', 'q=…'],
    ['q=a%20long%20text%20of%20several%20words', 'q=…'],
    ['0123456789abcdef0123456789', '…='],
    ['from=2026-01-01', 'from=2026-01-01'],
  ])('?%s', (query, shown) => {
    expect(shownUrl(new URL(`https://example.com/a?${query}`))).toBe(`https://example.com/a?${shown}`);
  });

  test('a signed token in the path, and nothing that is an ordinary id', () => {
    const id = '/orders/3f2504e0-4f89-11d3-9a0c-0305e82c3301';
    expect(shownUrl(new URL(`https://example.com${id}`))).toBe(`https://example.com${id}`);
    expect(shownUrl(new URL('https://example.com/reset/eyJhbGciOiJIUzI1NiJ9.e30.x/done#top'))).toBe(
      'https://example.com/reset/…/done',
    );
  });
});
