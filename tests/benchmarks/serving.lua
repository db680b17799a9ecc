-- Asks for one path after the other, half of them packed, and counts the answers that are not 200 or 304.
local threads, paths, at = {}, {}, 0

function setup(thread)
  table.insert(threads, thread)
end

function init(arguments)
  wrong = 0
  for path in io.lines(arguments[1]) do
    table.insert(paths, path)
  end
end

function request()
  at = at + 1
  local packed = at % 2 == 0 and { ["Accept-Encoding"] = "gzip" } or nil
  return wrk.format("GET", paths[at % #paths + 1], packed)
end

function response(status)
  if status ~= 200 and status ~= 304 then
    wrong = wrong + 1
  end
end

function done(summary, latency)
  local bad = 0
  for _, thread in ipairs(threads) do
    bad = bad + thread:get("wrong")
  end
  local errors = summary.errors
  io.write(string.format(
    '{"requests": %d, "bytes": %d, "wrong": %d, "broken": %d, "p50": %.3f, "p99": %.3f, "max": %.3f}\n',
    summary.requests, summary.bytes, bad, errors.connect + errors.read + errors.write + errors.timeout,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, latency.max / 1000))
end
