// The same as timed.py, for engines of npm.
const fs = require('fs')

module.exports = async function run (score) {
  const texts = fs.readFileSync(process.argv[2], 'utf8').split('\n').filter(Boolean).map(JSON.parse)
  await score('Bonjour, merci.')
  const scores = []
  const began = process.cpuUsage()
  for (const text of texts) scores.push(await score(text))
  const { user, system } = process.cpuUsage(began)
  fs.writeFileSync(process.argv[3], scores.join('\n'))
  const status = fs.readFileSync('/proc/self/status', 'ascii')
  const kib = Number(/VmHWM:\s+(\d+)/.exec(status)[1])
  console.log(JSON.stringify({ texts: texts.length, seconds: (user + system) / 1e6, kib }))
}
