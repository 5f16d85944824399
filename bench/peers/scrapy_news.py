"""Scrapy as its tutorial has it: python scrapy_news.py SEEDS OUTPUT [follow]; follow: the links of all pages"""

import sys

import scrapy
from scrapy.crawler import CrawlerProcess

seeds, output, *follow = sys.argv[1:]


class News(scrapy.Spider):
    name = "news"

    def __init__(self):
        with open(seeds, encoding="utf-8") as lines:
            self.start_urls = lines.read().split()

    def parse(self, response):
        yield from response.follow_all(css="a", callback=self.parse_story)

    def parse_story(self, response):
        if not hasattr(response, "css"):
            return
        text = " ".join(" ".join(response.css("body ::text").getall()).split())
        if follow:
            yield from response.follow_all(css="a", callback=self.parse_story)
        yield {"url": response.url, "title": response.css("title::text").get(), "text": text}


process = CrawlerProcess(
    {
        "FEEDS": {output: {"format": "jsonlines", "encoding": "utf8"}},
        "LOG_LEVEL": "ERROR",
        "CONCURRENT_REQUESTS": 32,
        "DOWNLOAD_DELAY": 0,
        "ROBOTSTXT_OBEY": True,
        "TELNETCONSOLE_ENABLED": False,
    }
)
process.crawl(News)
process.start()
