// natural: its French sentiment analyser (pattern vocabulary), with its own tokenizer and stemmer.
const run = require('./timed')
const natural = require('natural')
const tokenizer = new natural.AggressiveTokenizerFr()
const analyser = new natural.SentimentAnalyzer('French', null, 'pattern')
run(text => analyser.getSentiment(tokenizer.tokenize(text)) || 0)
