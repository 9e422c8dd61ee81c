-- Decides over several sliding logs at once: adds to each of them, or, if any is full, to none.
-- KEYS: the logs, sorted sets by time. ARGV: the time, a name for what is added (empty to only look), then each
-- log's quota and window. Times are in milliseconds.
-- Answers 1 or 0, then of each log how many are in it, and in how long the next leaves that makes room.
local now, name = tonumber(ARGV[1]), ARGV[2]
local admitted = 1
local used = {}
for i, key in ipairs(KEYS) do
  local quota, window = tonumber(ARGV[2 * i + 1]), tonumber(ARGV[2 * i + 2])
  redis.call('ZREMRANGEBYSCORE', key, '-inf', now - window)
  used[i] = redis.call('ZCARD', key)
  if used[i] >= quota then
    admitted = 0
  end
end
local answer = { admitted }
for i, key in ipairs(KEYS) do
  local quota, window = tonumber(ARGV[2 * i + 1]), tonumber(ARGV[2 * i + 2])
  if admitted == 1 and name ~= '' then
    redis.call('ZADD', key, now, name)
    redis.call('PEXPIRE', key, window)
    used[i] = used[i] + 1
  end
  local rank = math.max(used[i] - quota, 0)
  local leaving = redis.call('ZRANGE', key, rank, rank, 'WITHSCORES')[2]
  answer[2 * i] = used[i]
  answer[2 * i + 1] = leaving and tonumber(leaving) + window - now or 0
end
return answer
