// nlp.js: its French lexicon, as its page shows it.
const run = require('./timed')
const { Container } = require('@nlpjs/core')
const { SentimentAnalyzer } = require('@nlpjs/sentiment')
const { LangFr } = require('@nlpjs/lang-fr')
const container = new Container()
container.use(LangFr)
const analyser = new SentimentAnalyzer({ container })
run(async text => (await analyser.process({ utterance: text, text, locale: 'fr' })).sentiment.average || 0)
